"""Reports how well children are found again on invented families, by what makes it hard, and how long it takes.

python benchmarks/pencocokan.py [number of children]
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analytics.matching import match_children
from tests.matching_families import found_by_trouble, make_families

made = make_families(int(sys.argv[1]) if len(sys.argv) > 1 else 11_000)
start = time.perf_counter()
pairs = match_children(made.nama, made.pengukuran)
seconds = time.perf_counter() - start
print(f"{len(set(made.who.values()))} anak, {len(made.who)} catatan, {seconds:.2f} s")
print(found_by_trouble(made, pairs).to_string(float_format="{:.4f}".format))
