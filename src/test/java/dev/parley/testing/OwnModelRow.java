package dev.parley.testing;

import dev.parley.scoring.Calibration;
import dev.parley.scoring.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import opennlp.tools.ml.maxent.quasinewton.QNModel;
import opennlp.tools.ml.model.Context;

/** A model as moderators teach it, of a language that nobody writes here: whatever scores stays as it was. */
public final class OwnModelRow {

    private OwnModelRow() {}

    /**
     * Id of a fresh one, not in force.
     *
     * @param word that it learnt
     */
    public static String of(String tenant, String word) {
        var id = UUID.randomUUID();
        try (var superuser = PostgresResource.asSuperuser();
                var insert =
                        superuser.prepareStatement(
                                "insert into parley.own_model (tenant_id, id, language, attribute, state, version, file,"
                                        + " report, trained_at)"
                                        + " values (?, ?, 'eo', 'threat', 'CANDIDATE', 'own-00000000', ?, ?::jsonb, now())")) {
            insert.setString(1, tenant);
            insert.setObject(2, id);
            insert.setBytes(3, file());
            insert.setString(
                    4,
                    """
                    {"decisions": 100, "with": 50, "trainedOn": 75, "heldBack": 25, "heldBackWith": 12,
                     "taught": {"auc": 0.9, "logLoss": 0.3, "needless": 1, "missed": 2},
                     "raising": [{"text": "%s", "weight": 1}], "lowering": []}\
                    """
                            .formatted(word));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id.toString();
    }

    private static byte[] file() throws IOException {
        var weights =
                new QNModel(
                        new Context[] {new Context(new int[] {1}, new double[] {1})},
                        new String[] {"wminaco"},
                        new String[] {ModelFile.NO, ModelFile.YES});
        return new ModelFile("threat", List.of("eo"), Calibration.NONE, "own", weights).write();
    }
}
