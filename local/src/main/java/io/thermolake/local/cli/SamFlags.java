package io.thermolake.local.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.thermolake.local.aws.WholeFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for functions in containers of sam local. */
final class SamFlags {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Option(
            names = "--sam-env",
            paramLabel = "FILE",
            description =
                    "Write the functions' variables for sam local --env-vars, and listen on Docker's bridge, too, unless --listen or --sam-host says otherwise.")
    @Nullable
    Path file;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "An address of this machine to listen on beside 127.0.0.1. Requests there are signed with the same key.")
    @Nullable
    String listen;

    @Option(
            names = "--sam-host",
            paramLabel = "ADDRESS",
            description =
                    "By which containers reach this machine (default: that of --listen, else of Docker's bridge).")
    @Nullable
    String host;

    /**
     * Decides where to listen, and what containers are to call.
     *
     * @param bridge the address of Docker's bridge; asked only when nobody named another one
     */
    Containers containers(Supplier<String> bridge) {
        if (listen != null) {
            check("--listen", listen);
        }
        if (host != null) {
            check("--sam-host", host);
        }
        if (file == null) {
            if (host != null) {
                throw new CommandException("--sam-host is for the file of --sam-env; name that, too");
            }
            return new Containers(listen, listen);
        }
        if (listen == null && host == null) {
            String found = bridge.get();
            return new Containers(found, found);
        }
        return new Containers(listen, host == null ? listen : host);
    }

    private static void check(String option, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            // With a name the SDK would ask S3 at BUCKET.name, which is no host.
            throw new CommandException(option + " takes an IPv4 address such as 172.17.0.1, not '" + address + "'");
        }
        if (address.startsWith("0.")) {
            throw new CommandException(
                    option + " " + address
                            + " would open the laptop cloud, which speaks plain HTTP, to every network of this machine; name one address");
        }
    }

    /** Writes the file and says what containers may do. @return the cloud's address for containers */
    @Nullable
    String tell(Containers containers, CloudSession session, Console console) {
        if (containers.listen() != null) {
            console.say(
                    "# It listens on %s, too: who reaches that address and has the key may do everything with it",
                    containers.listen());
        }
        URI endpoint = containers.endpoint(session.endpoint());
        if (file == null || endpoint == null) {
            return endpoint == null ? null : endpoint.toString();
        }
        Map<?, ?> variables = withEndpoint(session.control().call("Variables", Map.of()), endpoint);
        WholeFiles.write(file.toAbsolutePath(), PRETTY.toJson(variables) + "\n");
        console.say("# with the variables above, by which sam local gives the functions the key:");
        console.say("# sam build && sam local invoke PlanRunFunction -e events/PlanRun.json --env-vars %s", file);
        return endpoint.toString();
    }

    /** Each function's variables, and where it finds AWS. */
    static Map<String, Object> withEndpoint(Map<?, ?> variables, URI endpoint) {
        Map<String, Object> all = new java.util.TreeMap<>();
        variables.forEach((function, declared) -> {
            Map<Object, Object> own = new java.util.TreeMap<>((Map<?, ?>) declared);
            own.put("AWS_ENDPOINT_URL", endpoint.toString());
            all.put(String.valueOf(function), own);
        });
        return all;
    }
}
