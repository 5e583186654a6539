package io.tickmesh.config;

/**
 * What nodes prove themselves to each other with on the event bus; each a PEM file.
 *
 * @param certificate of this node, with what leads to the authority
 * @param key of the certificate, in PKCS 8
 * @param ca the authority that every node's certificate comes from
 */
public record TlsConfig(String certificate, String key, String ca) {}
