"""Pictures of strangers made our own: decoded apart, made again in our sizes, kept under their digests."""
