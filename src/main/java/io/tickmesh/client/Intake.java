package io.tickmesh.client;

/**
 * Where what a client sends comes in, whatever its transport and dialect: it is counted, and does not get as far as the
 * dialect where one session sends too much.
 */
public final class Intake {
    private final int perSecond;
    private final RequestRate rate;

    Intake(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.rate = new RequestRate(perSecond, nanoTime);
    }

    public static void onText(Session session, String text) {
        if (session.intake.admits(session)) {
            session.dialect().onText(session, text);
        }
    }

    public static void onBinary(Session session) {
        if (session.intake.admits(session)) {
            session.dialect().onBinary(session);
        }
    }

    private boolean admits(Session session) {
        session.meters().request();
        RequestRate.Verdict verdict = rate.onRequest(System.nanoTime());
        if (verdict != RequestRate.Verdict.SERVE) {
            session.meters().badRequest();
        }
        switch (verdict) {
            case TELL ->
                session.dialect()
                        .onTooFast(session, "more than " + perSecond + " requests per second, the others are dropped");
            case END -> session.close(CloseReason.TOO_MANY_REQUESTS);
            case SERVE, DROP -> {}
        }
        return verdict == RequestRate.Verdict.SERVE;
    }
}
