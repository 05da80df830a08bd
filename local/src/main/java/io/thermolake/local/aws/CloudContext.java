package io.thermolake.local.aws;

import io.thermolake.local.door.FolderKey;
import io.thermolake.local.stack.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What every service of the laptop cloud is given.
 *
 * @param home where the template, glue/ and the modules' jars lie
 * @param folder the data folder
 * @param scratch for files that need not outlive this cloud
 * @param key that requests to the one port are signed with
 * @param endpoint of the one port; known once the gateway is up
 * @param timeScale Wait and Retry intervals are multiplied by it
 */
public record CloudContext(
        Path home,
        CloudFolder folder,
        Scratch scratch,
        FolderKey key,
        Stack stack,
        Clock clock,
        Meter meter,
        Supplier<URI> endpoint,
        double timeScale) {}
