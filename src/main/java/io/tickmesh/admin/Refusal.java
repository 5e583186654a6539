package io.tickmesh.admin;

import io.tickmesh.bus.Finding;
import io.vertx.core.json.JsonObject;

/** Why a request of an operator is not carried out, in words for the operator. */
final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The body of a finding, if it is one to show. */
    static JsonObject unless(Finding finding) {
        if (finding.status() != 200) {
            throw new Refusal(finding.status(), finding.body().getString("detail", "refused"));
        }
        return finding.body();
    }
}
