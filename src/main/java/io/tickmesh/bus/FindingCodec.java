package io.tickmesh.bus;

/**
 * Moves a {@link Finding}.
 *
 * <pre> status i32 | body text, a JSON object </pre>
 */
final class FindingCodec extends WireCodec<Finding> {
    FindingCodec() {
        super("finding", 1);
    }

    @Override
    void write(WireWriter out, Finding finding) {
        out.i32(finding.status());
        out.text(finding.body().encode());
    }

    @Override
    Finding read(WireReader in) {
        return new Finding(in.i32(), InquiryCodec.object(in.text()));
    }
}
