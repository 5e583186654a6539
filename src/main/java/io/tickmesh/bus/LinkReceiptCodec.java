package io.tickmesh.bus;

/**
 * Moves a {@link LinkReceipt}.
 *
 * <pre> node text | pool text | epoch i64 | number i64 | missed u8 </pre>
 */
final class LinkReceiptCodec extends WireCodec<LinkReceipt> {
    LinkReceiptCodec() {
        super("receipt", 1);
    }

    @Override
    void write(WireWriter out, LinkReceipt receipt) {
        out.text(receipt.node());
        out.text(receipt.pool());
        out.i64(receipt.epoch());
        out.i64(receipt.number());
        out.flag(receipt.missed());
    }

    @Override
    LinkReceipt read(WireReader in) {
        return new LinkReceipt(in.text(), in.text(), in.i64(), in.i64(), in.flag());
    }
}
