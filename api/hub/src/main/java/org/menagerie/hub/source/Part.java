package org.menagerie.hub.source;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What each part of a reference may hold. References come from cards that strangers wrote, and their parts become addresses
 * and, with some sources, paths on this machine: a part that is not on the list is refused before anything is asked or
 * written.
 */
enum Part {
    MAVEN(
            "[A-Za-z0-9_](?:[A-Za-z0-9_+~-]|\\.(?!\\.)){0,199}",
            "letters, digits, '.', '_', '-', '+' and '~', without '..'"),
    NPM_NAME(
            "(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]{0,99}/)?[A-Za-z0-9~-][A-Za-z0-9._~-]{0,199}",
            "a package's name, such as '@scope/name'"),
    VERSION("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}", "a version, such as '1.2.0'"),
    REPOSITORY(
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,95}/)?[A-Za-z0-9_](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,95}",
            "a repository, such as 'org/repo'"),
    REVISION("[^\\p{Cntrl}\\\\ ~^:?*\\[]{1,200}", "a branch, tag, commit or pull request of git"),
    PATH("[^\\p{Cntrl}\\\\]{1,1000}", "a path without '..'");

    private final Pattern form;
    private final String expected;

    Part(String form, String expected) {
        this.form = Pattern.compile(form);
        this.expected = expected;
    }

    /** The value, if it is allowed. */
    String check(String value) throws IOException {
        boolean climbs = ("/" + value + "/").contains("/../") || ("/" + value + "/").contains("/./");
        if (climbs
                || value.startsWith("/")
                || value.contains("//")
                || !form.matcher(value).matches()) {
            throw new IOException("'%s' must be %s".formatted(value.replaceAll("\\p{Cntrl}", "?"), expected));
        }
        return value;
    }
}
