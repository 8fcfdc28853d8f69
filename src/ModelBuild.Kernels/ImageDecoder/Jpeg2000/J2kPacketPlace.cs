using System;

namespace ModelBuild.Kernels;

/// <summary>A precinct in the order in which a tile has its packets (T.800, B.12).</summary>
/// <param name="Order">LRCP, RLCP, RPCL, PCRL, CPRL; layers are not part of it.</param>
/// <param name="Component">The component.</param>
/// <param name="Resolution">Its resolution.</param>
/// <param name="Precinct">The precinct in it.</param>
/// <param name="X">Where it begins.</param>
/// <param name="Y">Its row.</param>
internal readonly record struct J2kPacketPlace(int Order, int Component, int Resolution, int Precinct, long X, long Y) : IComparable<J2kPacketPlace>
{
    /// <inheritdoc/>
    public int CompareTo(J2kPacketPlace other) => Order switch
    {
        0 or 1 => (Resolution, Component, Precinct).CompareTo((other.Resolution, other.Component, other.Precinct)),
        2 => (Resolution, Y, X, Component, Precinct).CompareTo((other.Resolution, other.Y, other.X, other.Component, other.Precinct)),
        3 => (Y, X, Component, Resolution, Precinct).CompareTo((other.Y, other.X, other.Component, other.Resolution, other.Precinct)),
        _ => (Component, Y, X, Resolution, Precinct).CompareTo((other.Component, other.Y, other.X, other.Resolution, other.Precinct)),
    };

    public static bool operator <(J2kPacketPlace left, J2kPacketPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(J2kPacketPlace left, J2kPacketPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(J2kPacketPlace left, J2kPacketPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(J2kPacketPlace left, J2kPacketPlace right) => left.CompareTo(right) >= 0;
}
