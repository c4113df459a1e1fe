package crm.report.page;

/** A colour and what it stands for. */
public record Key(Tone tone, String name) {}
