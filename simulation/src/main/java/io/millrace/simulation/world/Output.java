package io.millrace.simulation.world;

/** What a simulated handler answers. */
public record Output(int attempt) {}
