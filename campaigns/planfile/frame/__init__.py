"""What stands around the body: letterhead and title above, recipients and signer below."""
