"""What a theme would find among publications, shown before its phrases are saved."""
