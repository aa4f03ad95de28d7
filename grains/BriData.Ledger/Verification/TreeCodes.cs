namespace BriData.Ledger.Verification;

/// <summary>Codes of what can be wrong with a ledger's tree, signatures and form. A code is never renamed or reused.</summary>
public static class TreeCodes
{
    public const string KeyMalformed = "key_malformed";
    public const string WrongLedger = "wrong_ledger";
    public const string CheckpointMissing = "checkpoint_missing";
    public const string CheckpointMalformed = "checkpoint_malformed";
    public const string CheckpointUnsigned = "checkpoint_unsigned";
    public const string CosignatureInvalid = "cosignature_invalid";
    public const string NotWitnessed = "not_witnessed";
    public const string RolledBack = "rolled_back";
    public const string Forked = "forked";
    public const string BundleMissing = "bundle_missing";
    public const string BundleMalformed = "bundle_malformed";
    public const string EntryChanged = "entry_changed";
    public const string EntryNotCanonical = "entry_not_canonical";
    public const string TileMissing = "tile_missing";
    public const string TileMalformed = "tile_malformed";
    public const string TileChanged = "tile_changed";
    public const string RootDiffers = "root_differs";
}
