# dask_test.sh: the example of examples/dask, with a worker killed on the way.
for command in dask-scheduler dask-worker; do
  command -v $command >/dev/null || { echo "skipped: $command is not here (Debian: python3-distributed)"; exit 77; }
done
for python in python3 /usr/bin/python3; do
  if $python -c 'import distributed' 2>/dev/null; then exec $python tests/examples/dask_test.py; fi
done
echo "skipped: no python3 here knows the module distributed (Debian: python3-distributed)"
exit 77
