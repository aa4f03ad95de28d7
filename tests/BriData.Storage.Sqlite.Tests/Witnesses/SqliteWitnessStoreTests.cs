using BriData.Ledger.Witnesses;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Storage.Sqlite.Witnesses;
using BriData.Testing.Ledger;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Tests.Witnesses;

public sealed class SqliteWitnessStoreTests : WitnessStoreSuite, IDisposable
{
    private readonly TestDirectory _root = new();
    private StorageDirectory? _directory;
    private SqliteWitnessStore? _store;

    private string FilePath => Path.Combine(_root.FullPath, SqliteWitnessStore.FileName);

    public void Dispose()
    {
        Close();
        _root.Dispose();
    }

    [Fact]
    public async Task Put_Reopened_IsStillThere()
    {
        await Create().PutAsync(LedgerSamples.SampleLedger, Known(1));
        await _store!.PutAsync(LedgerSamples.SampleLedger, Known(2));
        Close();

        AssertSame(Known(2), Create().Get(LedgerSamples.SampleLedger));
    }

    [Fact]
    public async Task Open_RowThatCannotBeRead_IsCollectedAgain()
    {
        await Create().PutAsync(LedgerSamples.SampleLedger, Known(1));
        await _store!.PutAsync(LedgerSamples.Numbered(1), Known(2));
        Close();
        RawSql.Execute(FilePath, "UPDATE witnessed SET latest = 'no note' WHERE ledger = 'agreement/cn-kz-customs'");

        var store = Create();

        Assert.Same(WitnessedLedger.Nothing, store.Get(LedgerSamples.SampleLedger));
        AssertSame(Known(2), store.Get(LedgerSamples.Numbered(1)));
    }

    [Fact]
    public async Task Open_FileDamaged_IsPutAsideAndEverythingIsCollectedAgain()
    {
        await Create().PutAsync(LedgerSamples.SampleLedger, Known(1));
        Close();
        var garbage = new byte[9000];
        garbage.AsSpan().Fill((byte)'x');
        await File.WriteAllBytesAsync(FilePath, garbage);

        Assert.Same(WitnessedLedger.Nothing, Create().Get(LedgerSamples.SampleLedger));

        Assert.Equal(garbage, await File.ReadAllBytesAsync(FilePath + ".damaged"));
        await _store!.PutAsync(LedgerSamples.SampleLedger, Known(2));
        Close();
        AssertSame(Known(2), Create().Get(LedgerSamples.SampleLedger));
    }

    [Fact]
    public async Task Put_ThatFails_IsSaidAndWhatWasKnownStays()
    {
        await Create().PutAsync(LedgerSamples.SampleLedger, Known(1));
        Close();
        RawSql.Execute(FilePath, "CREATE TRIGGER full BEFORE UPDATE ON witnessed BEGIN SELECT RAISE(ABORT, 'no room'); END");

        await Assert.ThrowsAsync<IOException>(() => Create().PutAsync(LedgerSamples.SampleLedger, Known(2)));

        AssertSame(Known(1), _store!.Get(LedgerSamples.SampleLedger));
    }

    protected override IWitnessStore Create()
    {
        _directory = new StorageDirectory(_root.FullPath);
        return _store = new SqliteWitnessStore(_directory, Options.Create(new SqliteStorageOptions()));
    }

    private void Close()
    {
        _store?.Dispose();
        _directory?.Dispose();
    }
}
