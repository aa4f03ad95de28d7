using System.Collections.Concurrent;
using BriData.Ledger.Witnesses;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Witnesses;

/// <summary>
/// What witnesses have said, in <c>witnesses.db</c> and whole in memory. Commits survive the process but do not wait for the
/// disk, which belongs to the ledgers: after a power cut the last may be missing, and is collected again. So is everything
/// when the file is damaged, which is put aside then.
/// </summary>
public sealed class SqliteWitnessStore : IWitnessStore, IDisposable
{
    internal const string FileName = "witnesses.db";

    private readonly WitnessTables _tables;
    private readonly SerialWorker _worker = new("bridata-witnesses");
    private readonly ConcurrentDictionary<LedgerId, WitnessedLedger> _known;

    /// <exception cref="StorageOpenException">The file is unreadable or of a newer version.</exception>
    public SqliteWitnessStore(StorageDirectory directory, IOptions<SqliteStorageOptions> options, ILogger<SqliteWitnessStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        var file = new DatabaseFile(
            directory.PathOf(FileName),
            Durable: false,
            CacheMebibytes: 4,
            WitnessTables.Version,
            WitnessTables.Schema,
            "Cosignatures can be collected again: the file may be deleted while nothing runs.");
        (_tables, _known) = file.OpenDerivedWriter(options.Value.BusyTimeout, logger ?? NullLogger<SqliteWitnessStore>.Instance, static database =>
        {
            var tables = new WitnessTables(database);
            return (tables, new ConcurrentDictionary<LedgerId, WitnessedLedger>(tables.ReadAll().Select(row => KeyValuePair.Create(row.Ledger, row.Known))));
        });
    }

    /// <inheritdoc/>
    public WitnessedLedger Get(LedgerId ledger) => _known.GetValueOrDefault(ledger, WitnessedLedger.Nothing);

    /// <inheritdoc/>
    public async Task PutAsync(LedgerId ledger, WitnessedLedger known)
    {
        ArgumentNullException.ThrowIfNull(known);
        try
        {
            await _worker.RunAsync(() =>
            {
                _tables.Write(ledger, known);
                return true;
            });
        }
        catch (SqliteException e)
        {
            throw new IOException($"What witnesses said of {ledger} could not be stored: {e.Message}", e);
        }

        _known[ledger] = known;
    }

    public void Dispose()
    {
        _worker.Dispose();
        _tables.Dispose();
    }
}
