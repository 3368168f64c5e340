package dev.parley.scoring;

import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** The models that score a tenant's comments, for its staff: which ones, and how good they are. */
@Path("/api/v1/tenants/{tenant}/models")
@Authenticated
@RunOnVirtualThread
class ModelResource {

    private final ModelCatalogue catalogue;

    ModelResource(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** All models. */
    public record ModelList(List<ModelView> items) {}

    /** What evaluation wrote of a model. */
    public record Card(String markdown) {}

    @GET
    @Entitled(Role.MODERATOR)
    public ModelList list(@PathParam("tenant") String tenant) {
        return new ModelList(catalogue.all());
    }

    @GET
    @Path("{language}/{attribute}/card")
    @Entitled(Role.MODERATOR)
    public Card card(
            @PathParam("tenant") String tenant,
            @PathParam("language") String language,
            @PathParam("attribute") String attribute) {
        return new Card(catalogue.card(language, attribute));
    }
}
