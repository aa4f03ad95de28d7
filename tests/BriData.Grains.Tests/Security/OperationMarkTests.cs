using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Grains.Security;
using BriData.Grains.Tests.Fixtures;
using BriData.Ledger;
using BriData.Ledger.Storage;
using static BriData.Grains.Tests.Fixtures.TestWorld;

namespace BriData.Grains.Tests.Security;

/// <summary>A guessed text cannot be tried against what a ledger holds of a request (I9), and a repetition is still recognised (I5).</summary>
[Collection(nameof(PlatformGroup))]
public sealed class OperationMarkTests(PlatformFixture platform)
{
    private const string Importer = "KZ/customs";

    // What anyone can make who knows route and body.
    private static readonly string Plain = Hash256.OfSha256("POST /v1/transfers\n{}"u8).ToString();

    [Fact]
    public async Task Entry_OfARequest_HoldsNoPlainHashOfIt()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation(fingerprint: Plain);

        var mark = await MarkAsync(agreement, operation);

        Assert.Matches("^[0-9a-f]{64}$", mark);
        Assert.NotEqual(Plain, mark);
        Assert.NotEqual(Hash256.OfSha256(Encoding.UTF8.GetBytes($"{operation.Key}\0{Plain}")).ToString(), mark);
        Assert.NotEqual(new OperationMarks(new PlatformKeys([.. Enumerable.Repeat((byte)1, 32)])).Of(operation), mark);
    }

    [Fact]
    public async Task Entries_OfTheSameBodyUnderTwoKeys_HaveTwoMarks()
    {
        var agreement = await platform.World.AgreementAsync();

        Assert.NotEqual(
            await MarkAsync(agreement, platform.World.Operation(fingerprint: Plain)),
            await MarkAsync(agreement, platform.World.Operation(fingerprint: Plain)));
    }

    [Fact]
    public async Task Repetition_ToAFreshActivation_IsAnsweredAndAnotherBodyRefused()
    {
        var agreement = await platform.World.AgreementAsync();
        var operation = platform.World.Operation(fingerprint: Plain);
        var first = Ok(await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)));
        platform.Store.FailNext(LedgerStoreFailure.Unavailable, $"agreement/{agreement.GetPrimaryKeyString()}");
        Assert.False((await agreement.RequestTransferAsync(Officer(Importer), platform.World.Operation(), Request(agreement))).IsOk);

        Assert.Equal(first, Ok(await platform.RetryAsync(() => agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)))));

        var other = operation with { Fingerprint = Hash256.OfSha256("POST /v1/transfers\n{ }"u8).ToString() };
        Assert.Equal(ErrorCodes.IdempotencyKeyReused, (await agreement.RequestTransferAsync(Officer(Importer), other, Request(agreement))).Refusal?.Code);
        Assert.Equal(1, await platform.CountAsync(agreement, "transfer.requested"));
    }

    [Fact]
    public async Task Refusal_OnTheCountrysLedger_HoldsNoPlainHashEither()
    {
        var agreement = await platform.World.AgreementAsync(signed: false);
        var operation = platform.World.Operation(fingerprint: Plain);

        Assert.False((await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement))).IsOk);
        Assert.False((await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement))).IsOk);

        var refusals = new List<string>();
        await foreach (var stored in platform.Store.ReadAsync(LedgerId.Parse("country/KZ"), 0, long.MaxValue))
        {
            var text = Encoding.UTF8.GetString(stored.Body.Span);
            Assert.DoesNotContain(Plain, text, StringComparison.Ordinal);
            if (text.Contains($"\"agreement\":\"{agreement.GetPrimaryKeyString()}\"", StringComparison.Ordinal))
            {
                refusals.Add(text);
            }
        }

        Assert.Single(refusals);
    }

    private async Task<string> MarkAsync(IAgreementGrain agreement, Operation operation)
    {
        var reply = Ok(await agreement.RequestTransferAsync(Officer(Importer), operation, Request(agreement)));
        using var entry = await platform.EntryAsync(reply.Receipt);
        return entry.RootElement.GetProperty("op").GetString()!;
    }
}
