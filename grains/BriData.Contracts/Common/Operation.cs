namespace BriData.Contracts;

/// <summary>Makes a request safe to repeat (I5).</summary>
/// <param name="Key">The caller's <c>Idempotency-Key</c>, 1 to 200 visible ASCII characters.</param>
/// <param name="Fingerprint">SHA-256 of what was asked (route and body), lower hex. The same key with another fingerprint is refused. No
/// ledger holds it: it covers texts that can be erased.</param>
[GenerateSerializer, Immutable, Alias("bridata.operation")]
public sealed record Operation([property: Id(0)] string Key, [property: Id(1)] string Fingerprint);
