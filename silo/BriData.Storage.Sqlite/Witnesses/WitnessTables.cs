using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;
using BriData.Storage.Sqlite.Database;

namespace BriData.Storage.Sqlite.Witnesses;

/// <summary>Schema and statements of <c>witnesses.db</c>. Not safe for concurrent use.</summary>
internal sealed class WitnessTables(SqliteDatabase database) : IDisposable
{
    public const int Version = 1;

    public const string Schema =
        """
        CREATE TABLE witnessed (
            ledger TEXT NOT NULL PRIMARY KEY,
            witnessed TEXT NOT NULL,
            latest TEXT NOT NULL,
            sizes TEXT NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteStatement _read = database.Prepare("SELECT ledger, witnessed, latest, sizes FROM witnessed");
    private readonly SqliteStatement _write = database.Prepare("INSERT INTO witnessed (ledger, witnessed, latest, sizes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET witnessed = excluded.witnessed, latest = excluded.latest, sizes = excluded.sizes");

    /// <summary>All rows. What cannot be read is left out: it is collected again.</summary>
    public IEnumerable<(LedgerId Ledger, WitnessedLedger Known)> ReadAll()
    {
        try
        {
            while (_read.Step())
            {
                if (LedgerId.TryParse(_read.Text(0), out var ledger) && TryNote(_read.Text(1), out var witnessed) && TryNote(_read.Text(2), out var latest))
                {
                    yield return (ledger, new WitnessedLedger(witnessed, latest, Sizes(_read.Text(3))));
                }
            }
        }
        finally
        {
            _read.Reset();
        }
    }

    public void Write(LedgerId ledger, WitnessedLedger known)
    {
        var sizes = new StringBuilder();
        foreach (var (witness, size) in known.Sizes)
        {
            sizes.Append(CultureInfo.InvariantCulture, $"{size} {witness}\n");
        }

        _write.Bind(1, ledger.Value).Bind(2, known.Witnessed?.Write() ?? "").Bind(3, known.Latest?.Write() ?? "").Bind(4, sizes.ToString()).Execute();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
        database.Dispose();
    }

    private static bool TryNote(string text, out SignedNote? note)
    {
        note = null;
        return text.Length == 0 || SignedNote.TryParse(text, out note);
    }

    // A size is only where the next question starts; one that cannot be read starts from nothing.
    private static ImmutableSortedDictionary<string, long> Sizes(string text)
    {
        var sizes = WitnessedLedger.Nothing.Sizes.ToBuilder();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 2) is [var size, var witness] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
            {
                sizes[witness] = known;
            }
        }

        return sizes.ToImmutable();
    }
}
