/** The handler of chat messages: shipped, and an example of how to write one. */
@NullMarked
package io.tickmesh.channel.chat;

import org.jspecify.annotations.NullMarked;
