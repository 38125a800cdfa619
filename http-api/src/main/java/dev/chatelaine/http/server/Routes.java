package dev.chatelaine.http.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** The table of all that there is. Immutable and safe for several threads once made. */
final class Routes {
    private final PathMappings<Resource> mappings = new PathMappings<>();

    Routes(List<Route> routes, List<Mount> mounts) {
        Map<String, Map<String, Route>> methods = new HashMap<>();
        for (Route route : routes) {
            if (methods.computeIfAbsent(route.template(), any -> new HashMap<>())
                            .put(route.method(), route)
                    != null) {
                throw new IllegalArgumentException("two routes for one method of " + route.template());
            }
        }
        mounts.forEach(mount -> methods.put(mount.path(), Map.of()));
        methods.forEach((template, own) -> put(new Resource(template, own)));
    }

    private void put(Resource resource) {
        mappings.put(
                resource.slashes()
                        ? new ServletPathSpec(resource.prefix() + "*")
                        : new UriTemplatePathSpec(resource.template()),
                resource);
    }

    /** What is at a path, decoded but for slashes. */
    @Nullable
    Match match(String path) {
        MatchedResource<Resource> matched = mappings.getMatched(path);
        if (matched == null) {
            return null;
        }
        if (matched.getPathSpec() instanceof UriTemplatePathSpec spec) {
            return new Match(matched.getResource(), spec.getPathParams(path));
        }
        return withSlashes(matched.getResource(), path);
    }

    private static @Nullable Match withSlashes(Resource resource, String path) {
        int prefix = resource.prefix().length();
        return path.length() > prefix
                ? new Match(resource, Map.of(resource.lastVariable(), URIUtil.decodePath(path.substring(prefix))))
                : null;
    }

    /** How errors are written of what is at such a path. */
    ErrorShape errors(@Nullable String path) {
        Match match = path == null ? null : match(path);
        return match == null ? ErrorShape.PROBLEM : match.resource().errors();
    }

    /** A resource and the variables of the path that led to it. */
    record Match(Resource resource, Map<String, String> variables) {}
}
