import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/** Reads a pattern and an event a line, `["…", "…"]`, and writes what Event Ruler says of them, a line each. */
public class Judge {
    private static final int COMPLEXITY_LIMIT = 11;

    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                out.flush();
                continue;
            }
            String[] pair = json.readValue(line, String[].class);
            out.println(json.writeValueAsString(judge(pair[0], pair[1])));
        }
        out.flush();
    }

    private static Map<String, Object> judge(String pattern, String event) {
        Map<String, Object> verdict = new HashMap<>();
        String refusal = JsonRuleCompiler.check(pattern);
        if (refusal != null) {
            verdict.put("refusal", refusal);
            return verdict;
        }
        try {
            Machine machine = new Machine();
            machine.addRule("rule", pattern);
            verdict.put("complexity", machine.evaluateComplexity(new MachineComplexityEvaluator(COMPLEXITY_LIMIT)));
            verdict.put("matches", !machine.rulesForJSONEvent(event).isEmpty());
        } catch (Throwable error) {
            verdict.put("failure", error.toString());
        }
        return verdict;
    }
}
