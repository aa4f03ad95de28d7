using System.Diagnostics.Metrics;

namespace BriData.Identity;

/// <summary>Counters of the meter <c>BriData.Identity</c>. Tags are bounded: outcome codes only.</summary>
internal sealed class IdentityInstruments
{
    private readonly Counter<long> _verifications;
    private readonly Counter<long> _discoveries;

    public IdentityInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(new MeterOptions("BriData.Identity"));
        _verifications = meter.CreateCounter<long>("bridata.identity.verifications", "{verification}", "Tokens verified in full (not answered from memory), by outcome.");
        _discoveries = meter.CreateCounter<long>("bridata.identity.discoveries", "{fetch}", "Fetches of issuers' keys, by outcome.");
    }

    public void Verified(CallerVerification outcome) =>
        _verifications.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Code ?? "recognised"));

    public void Discovered(bool succeeded) =>
        _discoveries.Add(1, new KeyValuePair<string, object?>("outcome", succeeded ? "fetched" : "failed"));
}
