#!/usr/bin/env bash
# A local AWS decides by a pattern which event starts which function, so one would guess that moto's EventBridge agrees with
# AWS's own matcher, which is open source (Event Ruler).
# It does not, seen on 2026-11-30 with moto 5.2.5 and Event Ruler 1.8.1: `true` is the number 1, a list is searched one level deep
# and never for objects, an empty list counts as a field that exists, and `*` ends at a line break.
# Why it matters: a rule that is tested against moto may fire on AWS where it did not in the test, and the other way round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > cases.json <<'JSON'
[
  [{"a": [true]}, {"a": 1}],
  [{"a": [{"numeric": ["=", 1]}]}, {"a": true}],
  [{"a": [{"anything-but": [1]}]}, {"a": true}],
  [{"a": {"b": ["x"]}}, {"a": [{"b": "x"}]}],
  [{"a": ["x"]}, {"a": [["x"]]}],
  [{"a": [{"exists": true}]}, {"a": []}],
  [{"a": [{"wildcard": "x*y"}]}, {"a": "x\ny"}],
  [{"a": [{"exists": false}]}, {"a": {"b": 1}}],
  [{"a": {"b": ["x"]}}, {"a.b": "x"}]
]
JSON

python3 -m venv env
env/bin/pip install --quiet 'moto[events]==5.2.5'
cat > pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion><groupId>none</groupId><artifactId>none</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.event.ruler</groupId><artifactId>event-ruler</artifactId><version>1.8.1</version></dependency>
  </dependencies>
</project>
XML
mvn --quiet --batch-mode dependency:copy-dependencies -DoutputDirectory=jars > /dev/null

cat > Ruled.java <<'JAVA'
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import software.amazon.event.ruler.Machine;

public class Ruled {
  public static void main(String[] none) throws Exception {
    for (JsonNode pair : new ObjectMapper().readTree(new File("cases.json"))) {
      Machine machine = new Machine();
      machine.addRule("rule", pair.get(0).toString());
      System.out.println(!machine.rulesForJSONEvent(pair.get(1).toString()).isEmpty());
    }
  }
}
JAVA
java -cp 'jars/*' Ruled.java > ruler.txt

cat > mocked.py <<'PYTHON'
import json
from moto.events.models import EventPattern
for pattern, event in json.load(open('cases.json')):
    print(str(EventPattern.load(json.dumps(pattern)).matches_event(event)).lower())
PYTHON
env/bin/python mocked.py > moto.txt

python3 -c 'import json; [print(json.dumps(pattern), json.dumps(event), sep="  ") for pattern, event in json.load(open("cases.json"))]' > cases.txt
seen=$(paste -d '\t' ruler.txt moto.txt cases.txt)
printf 'ruler\tmoto\tpattern and event\n%s\n' "$seen"
diff - <(paste -d ' ' ruler.txt moto.txt) <<'SEEN' && echo 'As it was seen on 2026-11-30.'
false true
false true
true false
true false
true false
false true
true false
true true
true true
SEEN
