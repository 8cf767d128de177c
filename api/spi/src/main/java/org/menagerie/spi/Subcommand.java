package org.menagerie.spi;

import java.util.concurrent.Callable;

/**
 * Another verb of the {@code zoo} command: an object that picocli's {@code @Command} describes. A plugin binds it by its verb with
 * {@code PluginBinder.on(binder()).bind(Subcommand.class, "tasks")}; a verb that the command has already is refused. {@link
 * #call} returns the exit code.
 */
public interface Subcommand extends Callable<Integer> {}
