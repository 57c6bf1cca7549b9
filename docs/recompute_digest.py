"""Recompute an edition's digest from its JSON, by digest-rule.md: python3 recompute_digest.py FILE_OR_ADDRESS."""

import hashlib
import json
import sys
import urllib.request
from pathlib import Path


def sha256(value: object) -> str:
    """SHA-256 of canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


place = sys.argv[1]
is_address = place.startswith(("http://", "https://"))
data = urllib.request.urlopen(place).read() if is_address else Path(place).read_bytes()  # noqa: S310
page = json.loads(data)
header, *documents = page["documents"]
pairs = [[document["uid"], sha256(document)] for document in documents]
for uid, digest in [[header["uid"], sha256(header)], *pairs]:
    sys.stdout.write(f"{digest}  {uid}\n")
pairs += [[gone["uid"], gone["sha256"]] for gone in page.get("redacted", [])]
found = sha256({"schema": 1, "header": sha256(header), "documents": sorted(pairs)})
said = {document["uid"]: document.get("statement") for document in documents}
changed = [claim["uid"] for claim in page["claims"] if said.get(claim["uid"]) != claim["statement"]]
sys.stdout.write(f"{found}  edition {page['edition']['number']} of {header['slug']}\n")
if found != page["edition"]["sha256"] or changed:
    sys.exit(f"NOT what the page says: {page['edition']['sha256']} {' '.join(changed)}")
