using System.Globalization;
using BriData.Storage.Sqlite.Database;
using BriData.Storage.Sqlite.Hosting;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>
/// What is looked at before the first request: names, heads and seals of all ledgers, and whether each is as long as it is
/// known to have been. The cost is that of the number of ledgers. Damage of one closes it; others go on.
/// </summary>
internal static class LedgerOpening
{
    public const string Advice = "The ledgers are the record: restore the file from a backup or from a mirror.";

    /// <summary>Refuses files in which no ledger can be trusted.</summary>
    /// <exception cref="StorageOpenException">The log is damaged.</exception>
    public static void CheckLog(string path)
    {
        if (WalCheck.Problem(path + "-wal") is { } problem)
        {
            throw new StorageOpenException(path, $"'{path}-wal' cannot be used. {problem} It was left untouched. {Advice}");
        }
    }

    /// <summary>Refuses a file whose page count or schema is not what this software writes.</summary>
    /// <exception cref="StorageOpenException">It is not.</exception>
    public static void CheckFile(SqliteDatabase database, string path)
    {
        // A header that counts too few pages would have new ones written over old ones.
        if (database.Scalar("PRAGMA page_count") * database.Scalar("PRAGMA page_size") < new FileInfo(path).Length)
        {
            throw new StorageOpenException(path, $"'{path}' is longer than its header says. {Advice}");
        }

        using var fresh = SqliteDatabase.OpenMemory();
        fresh.Execute(LedgerSchema.Sql);
        if (!database.Schema().SequenceEqual(fresh.Schema(), StringComparer.Ordinal))
        {
            throw new StorageOpenException(path, $"'{path}' has tables that this software did not make. {Advice}");
        }
    }

    /// <summary>Marks the ledgers that are damaged.</summary>
    public static void CheckHeads(SqliteDatabase database, LedgerMark mark, Action<LedgerId, string> damaged, Action<string, string> nameless)
    {
        var marks = mark.Read();
        var (inTable, inIndex) = (Names(database, "SELECT id, name FROM ledgers NOT INDEXED"), Names(database, "SELECT id, name FROM ledgers ORDER BY name"));
        foreach (var id in inTable.Keys.Union(inIndex.Keys).Union(marks.Keys).Order().ToArray())
        {
            var names = new[] { inTable.GetValueOrDefault(id), inIndex.GetValueOrDefault(id) }.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            var what = names.Length == 1 && inTable.ContainsKey(id) && inIndex.ContainsKey(id)
                ? HeadProblem(database, id, names[0], marks.GetValueOrDefault(id))
                : "Its name is damaged.";
            if (what is null)
            {
                continue;
            }

            // Whichever name it had, it is closed; when none may be the right one, so is whatever has no name here.
            foreach (var name in names)
            {
                if (LedgerId.TryParse(name, out var ledger))
                {
                    damaged(ledger, what);
                }
            }

            if (!names.Any(name => IsSealed(database, id, name)))
            {
                var number = id.ToString(CultureInfo.InvariantCulture);
                nameless(names.FirstOrDefault(number), $"Ledger number {number} cannot be told by its name any more. {what}");
            }
        }
    }

    private static string? HeadProblem(SqliteDatabase database, long id, string name, long known)
    {
        if (!IsSealed(database, id, name))
        {
            return "Its name or its head is damaged.";
        }

        using var head = database.Prepare("SELECT size FROM heads WHERE ledger = ?");
        var size = head.Bind(1, id).Step() ? head.Int64(0) : 0;
        return size < known ? string.Create(CultureInfo.InvariantCulture, $"It had {known} entries and has {size} now.") : null;
    }

    private static bool IsSealed(SqliteDatabase database, long id, string name)
    {
        using var head = database.Prepare("SELECT size, root, seal FROM heads WHERE ledger = ?");
        return head.Bind(1, id).Step()
            && LedgerId.TryParse(name, out var ledger)
            && head.Blob(1).Length == Hash256.ByteCount
            && head.Int64(2) == Seal.OfHead(id, ledger, head.Int64(0), Hash256.FromBytes(head.Blob(1)));
    }

    private static Dictionary<long, string> Names(SqliteDatabase database, string sql)
    {
        var names = new Dictionary<long, string>();
        using var statement = database.Prepare(sql);
        while (statement.Step())
        {
            names[statement.Int64(0)] = statement.Text(1);
        }

        return names;
    }
}
