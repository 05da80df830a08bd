package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.concurrent.TimeUnit;

/** This machine's address on Docker's own network, by which containers reach it. */
final class DockerBridge {
    private static final String NAME = "{{index .Options \"com.docker.network.bridge.name\"}}";
    private static final String OTHERWISE =
            "; say with --listen ADDRESS on which address of this machine containers reach it, or with --sam-host ADDRESS"
                    + " by which address they reach its 127.0.0.1";

    private DockerBridge() {}

    static String address() {
        String name = name();
        try {
            // The network's own description may leave the gateway out, so it is asked of the interface.
            NetworkInterface bridge = name.isEmpty() ? null : NetworkInterface.getByName(name);
            if (bridge == null) {
                throw new CommandException("Docker's bridge '" + name
                        + "' is no interface of this machine, as with Docker Desktop" + OTHERWISE);
            }
            return bridge.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElseThrow(
                            () -> new CommandException("Docker's bridge " + name + " has no IPv4 address" + OTHERWISE))
                    .getHostAddress();
        } catch (IOException e) {
            throw new CommandException("Docker's bridge " + name + " cannot be looked at: " + e + OTHERWISE, e);
        }
    }

    private static String name() {
        try {
            Process docker = new ProcessBuilder("docker", "network", "inspect", "bridge", "--format", NAME)
                    .redirectErrorStream(true)
                    .start();
            docker.getOutputStream().close();
            if (!docker.waitFor(20, TimeUnit.SECONDS)) {
                docker.destroyForcibly();
                throw new CommandException("docker network inspect bridge did not answer in 20 s" + OTHERWISE);
            }
            String said = new String(docker.getInputStream().readAllBytes(), UTF_8).strip();
            if (docker.exitValue() != 0) {
                throw new CommandException("docker network inspect bridge failed: " + said + OTHERWISE);
            }
            return said;
        } catch (IOException e) {
            throw new CommandException("docker does not start: " + e.getMessage() + OTHERWISE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("looking for Docker's bridge was interrupted", e);
        }
    }
}
