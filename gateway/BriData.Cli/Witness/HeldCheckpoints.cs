using System.Collections.Concurrent;
using System.Text;
using BriData.Cli.Platform;
using BriData.Ledger;
using BriData.Ledger.Notes;

namespace BriData.Cli.Witness;

/// <summary>
/// What the witness has cosigned: one file per log, named by the SHA-256 of the origin. All are read at the start; one that
/// is damaged stops it, since a witness that forgot may cosign a fork.
/// </summary>
internal sealed class HeldCheckpoints
{
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, HeldCheckpoint> _held = new(StringComparer.Ordinal);

    /// <exception cref="CommandException">A file cannot be read, or was not written by this witness.</exception>
    public HeldCheckpoints(string folder, CosignatureVerifier witness)
    {
        _folder = folder;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".new", StringComparison.Ordinal)))
            {
                if (!HeldCheckpoint.TryRead(File.ReadAllText(file), witness, out var held) || NameOf(held.Checkpoint.Origin) != Path.GetFileName(file))
                {
                    throw new CommandException(ExitCodes.Failed, $"'{file}' is not a checkpoint that this witness cosigned, or damaged. Nothing is cosigned until it is put right.");
                }

                _held[NameOf(held.Checkpoint.Origin)] = held;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Failed, $"The checkpoints in '{folder}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Lower hex SHA-256 of an origin: file name, and part of the path under which others read it.</summary>
    public static string NameOf(string origin) => Hash256.OfSha256(Encoding.UTF8.GetBytes(origin)).ToString();

    /// <summary>The latest of a log, by its origin; null when there is none.</summary>
    public HeldCheckpoint? Find(string origin) => FindByName(NameOf(origin));

    /// <summary>The latest of a log, by <see cref="NameOf"/>.</summary>
    public HeldCheckpoint? FindByName(string name) => _held.GetValueOrDefault(name);

    /// <summary>
    /// Makes it the latest, durably. When this throws, the disk may hold it or its predecessor; neither is a danger, since
    /// its cosignature has not left.
    /// </summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Replace(HeldCheckpoint held)
    {
        var name = NameOf(held.Checkpoint.Origin);
        DurableFile.Replace(Path.Combine(_folder, name), Encoding.UTF8.GetBytes(held.Note.Write()));
        _held[name] = held;
    }
}
