namespace BriData.Policy.RulePacks;

/// <summary>A rule pack that ships with the library.</summary>
/// <param name="Jurisdiction">Jurisdiction of the pack.</param>
/// <param name="Version">Version of the pack.</param>
/// <param name="Yaml">The document.</param>
public sealed record BuiltInPack(string Jurisdiction, string Version, ReadOnlyMemory<byte> Yaml);
