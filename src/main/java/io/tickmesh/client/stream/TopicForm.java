package io.tickmesh.client.stream;

import io.tickmesh.market.Topic;

/** What makes an audience of the native dialect: all who hold the topic in that form get the same frames. */
record TopicForm(Topic topic, Form form) {}
