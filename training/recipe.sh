#!/usr/bin/env bash
# The whole recipe: hidden words of news, a first phase, two networks that go on from it, and their mean.
#   training/recipe.sh DATA BASE OUT [cpu|cuda]
# DATA holds gold/ and data/, BASE the base model; OUT/en is the result. On two CPU cores about an hour and a
# half: the two networks are trained side by side, one thread each, which also keeps every sum in the same order.
set -euo pipefail
data=$1 base=$2 out=$3 device=${4:-cpu}
python=${PYTHON:-.venv/bin/python}
# Large tensors come and go at every step: keep their memory instead of handing it back.
export OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=8000000000 MALLOC_TRIM_THRESHOLD_=16000000000 MALLOC_TOP_PAD_=100000000
train() { "$python" -m training.train --data "$data" --base "$base" --device "$device" --threads 1 "$@"; }
"$python" -m training.pretrain --data "$data" --base "$base" --out "$out/words" --device "$device" --threads 1
train --out "$out/first" --seed 1 --second 0 --start "$out/words/encoder.pt"
train --out "$out/1" --seed 1 --first 0 --start "$out/first/after-auxiliary.pt" &
train --out "$out/2" --seed 2 --first 0 --start "$out/first/after-auxiliary.pt"
wait $!
"$python" -m training.soup "$out/1" "$out/2" --out "$out/en"
