package dev.parley.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.callback.QuarkusTestBeforeTestExecutionCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import org.apache.http.client.HttpClient;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.BasicClientConnectionManager;
import org.apache.http.impl.conn.SchemeRegistryFactory;
import org.apache.http.params.HttpParams;

/**
 * What REST Assured makes anew for each call although it is always the same is made once: a mapper with all modules
 * that can be found, and the schemes and settings of a client, which are looked up among all resources. Each call still
 * has a client and a connection of its own.
 */
@SuppressWarnings("deprecation") // REST Assured knows the old clients only
public final class KeptParts implements QuarkusTestBeforeTestExecutionCallback {

    private static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules();
    private static final SchemeRegistry SCHEMES = SchemeRegistryFactory.createDefault();
    private static final HttpParams SETTINGS = new DefaultHttpClient().getParams();

    /** Before each test, since Quarkus configures REST Assured anew for each. */
    @Override
    public void beforeTestExecution(QuarkusTestMethodContext test) {
        var config = RestAssured.config();
        RestAssured.config =
                config.objectMapperConfig(
                                config.getObjectMapperConfig().jackson2ObjectMapperFactory((type, charset) -> MAPPER))
                        .httpClient(config.getHttpClientConfig().httpClientFactory(KeptParts::client));
    }

    private static HttpClient client() {
        // REST Assured changes a client's settings for a call.
        return new DefaultHttpClient(new BasicClientConnectionManager(SCHEMES), SETTINGS.copy());
    }
}
