"""The words of ./run.sh. Standard library only: this runs before anything is installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import words

if __name__ == "__main__":
    sys.exit(words.main(sys.argv[1:]))
