#!/usr/bin/env bash
# Builds tfjs-node's native binding against the TensorFlow of a Python wheel. README.md says why.
#
#   tools/tensorflow/build.sh [folder]        by default .tensorflow at the root of the repository
#
# Needs npm, pip, unzip and g++ on x86-64 Linux with glibc ≥ 2.17; about 1 GB of disk. What is there already is kept:
# remove the folder to build anew.
set -euo pipefail

TFJS=4.22.0
# The oldest wheel whose C API is in a library of its own, not in a Python extension; tfjs-node was written for 2.9,
# and the C API only ever grows.
TENSORFLOW=2.12.1
# The wheel is only unpacked: any Python's will do.
PYTHON=3.11
# The newest Node-API that tfjs-node's package.json lists, where its loader looks on Node ≥ 16.
NODE_API=8

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "build.sh: the wheel is for x86-64 Linux, this is $(uname -sm)" >&2
  exit 1
fi

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$root/.tensorflow}
mkdir -p "$folder"
cd "$folder"

# Without scripts: tfjs-node's own would download a library and a binding.
if [ ! -d node_modules/@tensorflow/tfjs-node-gpu ]; then
  echo '{ "private": true }' >package.json
  npm install --ignore-scripts --no-audit --no-fund --save-exact \
    "@tensorflow/tfjs-node@$TFJS" "@tensorflow/tfjs-node-gpu@$TFJS" node-api-headers@1.5.0
fi

if [ ! -e tensorflow/libtensorflow_cc.so.2 ]; then
  pip download "tensorflow-cpu==$TENSORFLOW" --no-deps --no-cache-dir --dest wheel --quiet \
    --only-binary=:all: --python-version "$PYTHON" --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64
  unzip -qo wheel/tensorflow_cpu-*.whl 'tensorflow/libtensorflow_*.so.2' 'tensorflow/include/tensorflow/*'
  rm -r wheel
fi

binding=$PWD/build/tfjs_binding.node
if [ ! -e "$binding" ]; then
  sources=node_modules/@tensorflow/tfjs-node/binding
  mkdir -p build
  # Loaded from its real path, so $ORIGIN is build/ for both packages.
  nice -n 10 g++ -std=c++17 -O2 -fPIC -shared -w -DNAPI_VERSION=$NODE_API \
    -Inode_modules/node-api-headers/include -Itensorflow/include \
    "$sources/tfjs_backend.cc" "$sources/tfjs_binding.cc" \
    -Ltensorflow -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 -Wl,-rpath,'$ORIGIN/../tensorflow' \
    -o "$binding.part"
  mv "$binding.part" "$binding"
fi

for package in tfjs-node tfjs-node-gpu; do
  place=node_modules/@tensorflow/$package/lib/napi-v$NODE_API
  mkdir -p "$place"
  ln -sfn "$binding" "$place/tfjs_binding.node"
  TF_CPP_MIN_LOG_LEVEL=2 node --input-type=module --eval "
    const tf = await import('@tensorflow/$package');
    const [sum] = tf.add([1], [2]).dataSync();
    if (tf.getBackend() !== 'tensorflow' || sum !== 3) throw new Error('1 + 2 = ' + sum + ' on ' + tf.getBackend());
    console.log('@tensorflow/$package', tf.version_core, 'on TensorFlow', tf.backend().binding.TF_Version);
  "
done
