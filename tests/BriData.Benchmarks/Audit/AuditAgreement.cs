using System.Collections.Immutable;

namespace BriData.Benchmarks.Audit;

/// <summary>An agreement of the generated world.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Parties">Countries, sorted.</param>
/// <param name="Exporter">The agency that mostly gives.</param>
/// <param name="Importer">The agency that mostly receives.</param>
internal sealed record AuditAgreement(string Id, ImmutableArray<string> Parties, string Exporter, string Importer);
