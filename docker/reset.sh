#!/bin/sh
# Takes both set-ups away with all their topics, records and stored data, and whatever else still sits on their network.
set -eu
cd "$(dirname "$0")"
if [ "${1:-}" != --yes ]; then
  printf 'This deletes every topic, every record and the stored market data of these containers. Type yes to go on: '
  read -r answer
  [ "$answer" = yes ] || exit 1
fi
docker compose -f compose.yml --profile '*' down --volumes --remove-orphans
docker compose -f compose.single.yml down --volumes --remove-orphans
docker network rm kafka_kafka_network 2>/dev/null || true
