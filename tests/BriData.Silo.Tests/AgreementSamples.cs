using System.Text;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Silo.Tests;

/// <summary>Entries of an agreement's ledger, as they are stored.</summary>
internal static class AgreementSamples
{
    public static LedgerId Ledger { get; } = LedgerId.Parse("agreement/cn-kz-customs");

    /// <summary>A deposit of a payload.</summary>
    public static LedgerEntryDraft Deposited(string reference, string key) => Entry(
        "payload.deposited",
        $$"""{"jurisdiction":"CN","mediaType":"text/csv","payloadKey":"{{key}}","reference":"{{reference}}","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","size":10}""");

    /// <summary>An erasure of texts.</summary>
    public static LedgerEntryDraft Erased(params string[] keys) => Entry(
        "transfer.erased",
        $$"""{"classes":["statements"],"keys":[{{string.Join(',', keys.Select(k => $"\"{k}\""))}}],"rule":"request","status":"accepted"}""");

    public static async Task AppendAsync(this ILedgerStore store, params LedgerEntryDraft[] entries) =>
        await store.AppendAsync(await LedgerTree.LoadAsync(store, Ledger), entries);

    private static LedgerEntryDraft Entry(string kind, string data) => new(Encoding.UTF8.GetBytes(
        $$"""{"agreement":"cn-kz-customs","at":"2026-06-15T08:30:00.125Z","by":{"agency":"CN/customs","country":"CN","officer":"o-AAAAAAAAAAAAAAAAAAAAAA"},"data":{{data}},"dataset":"CN/customs/declarations","exporter":"CN/customs","importer":"KZ/customs","kind":"{{kind}}","parties":["CN","KZ"],"transfer":"cn-kz-customs:42","v":1}"""));
}
