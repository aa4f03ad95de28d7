using BriData.Cli.Platform;
using BriData.Ledger.Notes;

namespace BriData.Cli.Witness;

/// <summary>
/// The state folder of a witness, held for one process: its key, the latest checkpoint that it cosigned for each log, and
/// what it refused as evidence. Two processes on one folder could cosign two histories.
/// </summary>
internal sealed class WitnessFolder : IDisposable
{
    private const string KeyName = "witness.key";
    private const string LogsName = "logs";

    private readonly FileStream _lock;

    private WitnessFolder(string path, FileStream held, CosignatureSigner signer)
    {
        _lock = held;
        Signer = signer;
        Logs = Path.Combine(path, LogsName);
        Evidence = Path.Combine(path, "evidence");
    }

    public CosignatureSigner Signer { get; }

    /// <summary>Folder of the checkpoints, one file per log.</summary>
    public string Logs { get; }

    /// <summary>Folder of what speaks against a log.</summary>
    public string Evidence { get; }

    /// <summary>Opens or creates the folder, and makes a key at the first start.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="name">Name of the witness; needed at the first start, and never another afterwards.</param>
    /// <exception cref="CommandException">In use by another process, damaged, not whole, or of another name.</exception>
    public static WitnessFolder Open(string path, string? name)
    {
        FileStream? held = null;
        try
        {
            DurableFile.CreateDirectory(path);
            held = Lock(path);
            RequireWhole(path);
            DurableFile.CreateDirectory(Path.Combine(path, LogsName));
            DurableFile.CreateDirectory(Path.Combine(path, "evidence"));
            var folder = new WitnessFolder(path, held, SignerOf(path, name));
            held = null;
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Failed, $"The state folder '{path}' cannot be used: {e.Message}");
        }
        finally
        {
            held?.Dispose();
        }
    }

    public void Dispose()
    {
        Signer.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new CommandException(ExitCodes.Failed, $"The state folder '{path}' is in use by another process. Stop it, or choose another folder.");
        }
    }

    // The checkpoints' folder is there before the key is: a key without it has lost what it signed.
    private static void RequireWhole(string path)
    {
        var (key, logs) = (Path.Combine(path, KeyName), Path.Combine(path, LogsName));
        if (File.Exists(key) && !Directory.Exists(logs))
        {
            throw new CommandException(ExitCodes.Failed, $"'{logs}' is missing, and with it what was cosigned with '{key}'. Put it back; a new witness starts in an empty folder.");
        }
    }

    private static CosignatureSigner SignerOf(string path, string? name)
    {
        var file = Path.Combine(path, KeyName);
        if (!File.Exists(file))
        {
            if (Directory.EnumerateFileSystemEntries(Path.Combine(path, LogsName)).Any())
            {
                throw new CommandException(ExitCodes.Failed, $"'{file}' is missing, but checkpoints were cosigned with it. Put it back; a new witness starts in an empty folder.");
            }

            WitnessKeyFile.Create(file, name ?? throw new CommandException(ExitCodes.Usage, "The first start needs --name, such as witness.example/kz."));
        }

        var signer = WitnessKeyFile.Read(file);
        if (name is not null && name != signer.Name)
        {
            using (signer)
            {
                throw new CommandException(ExitCodes.Usage, $"This folder is that of witness '{signer.Name}', not of '{name}'.");
            }
        }

        return signer;
    }
}
