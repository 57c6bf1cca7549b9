"""The public site as files that any web server can serve: links.py, folder.py, walk.py."""
