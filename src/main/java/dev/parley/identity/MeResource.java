package dev.parley.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who is signed in, and where they may go. */
@Path("/api/v1/me")
@Authenticated
@RunOnVirtualThread
class MeResource {

    private final Members members;
    private final JsonWebToken token;

    MeResource(Members members, JsonWebToken token) {
        this.members = members;
        this.token = token;
    }

    /** Tenants that the bearer of the token is a member of. */
    public record Me(List<String> tenants, boolean operator) {}

    @GET
    public Me me() {
        return new Me(members.tenantsOf(token.getSubject()), token.getGroups().contains("operator"));
    }
}
