"""Pictures: verified, turned upright, stripped, sized; with alt text and credit."""
