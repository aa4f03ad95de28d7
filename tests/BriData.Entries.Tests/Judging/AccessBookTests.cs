using BriData.Entries.Accesses;
using BriData.Entries.Events;
using BriData.Entries.Judging;
using BriData.Ledger;
using BriData.Ledger.Documents;

namespace BriData.Entries.Tests.Judging;

/// <summary>The ledger of accesses is judged like the others.</summary>
public sealed class AccessBookTests
{
    private static readonly string Digest = new('a', 64);

    [Fact]
    public async Task HonestAccesses_AreInOrder() =>
        Assert.Empty(await JudgeAsync(
            Entry(new AuditAccessed("search", [new AskedCondition("agreement", "cn-kz-customs")], Records: 3)),
            Entry(new AuditAccessed("export")),
            Entry(new AuditAccessed("trail", Records: 4)) with { Transfer = "cn-kz-customs:1" },
            Entry(new AuditAccessed("ledger", Ledger: "country/KZ", Until: At.AddMinutes(10))),
            Entry(new AuditAccessed("export.completed", Records: 9, Start: 1, Sha256: Digest))));

    [Fact]
    public async Task ForgedAccesses_AreFoundEach()
    {
        (LedgerEvent Entry, string Code)[] forged =
        [
            (Entry(new AuditAccessed("search", Records: -1)), JudgeCodes.InvalidMember),
            (Entry(new AuditAccessed("search")) with { By = new Actor("CN", null, "o-1") }, JudgeCodes.WrongActor),
            (Entry(new AuditAccessed("search")) with { By = null }, JudgeCodes.WrongActor),
            (Entry(new AuditAccessed("search")) with { Parties = ["CN", "KZ"] }, JudgeCodes.WrongParties),
            (Entry(new AuditAccessed("search")) with { Agreement = "cn-kz-customs" }, JudgeCodes.EnvelopeDiffers),
            (Entry(new AuditAccessed("ledger", Until: At.AddMinutes(-1))), JudgeCodes.WrongDate),
            (Entry(new AuditAccessed("export.completed", Start: 0, Sha256: Digest)), JudgeCodes.WrongState),
            (Entry(new AuditAccessed("export.completed", Start: 0)), JudgeCodes.InvalidMember),
            (Entry(new AuditAccessed("search", Sha256: Digest)), JudgeCodes.InvalidMember),
            (Entry(new BriData.Entries.Countries.AgencyEnrolled("customs")) with { By = null }, JudgeCodes.KindOutOfPlace),
        ];
        foreach (var (entry, code) in forged)
        {
            Assert.Contains(await JudgeAsync(Entry(new AuditAccessed("search")), entry), f => f.Code == code && f.Index == 1);
        }
    }

    private static DateTimeOffset At => new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    private static LedgerEvent Entry(EventData data) => new() { At = At, Parties = ["KZ"], By = new Actor("KZ", null, "o-1"), Data = data };

    private static async Task<IReadOnlyList<BriData.Ledger.Verification.LedgerFinding>> JudgeAsync(params LedgerEvent[] entries)
    {
        var judge = new LedgerJudge(LedgerId.Parse("access/KZ"), new InMemoryDocumentStore());
        for (var i = 0; i < entries.Length; i++)
        {
            await judge.TakeAsync(i, EventEncoder.Encode(entries[i]), TestContext.Current.CancellationToken);
        }

        return judge.Findings;
    }
}
