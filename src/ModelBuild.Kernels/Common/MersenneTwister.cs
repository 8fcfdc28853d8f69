using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The generator MT19937 of Matsumoto and Nishimura (ACM TOMACS 8, 1998), seeded as in their reference implementation: what NumPy's legacy generator is, so that results
/// of models that state a seed can be compared.
/// </summary>
internal ref struct MersenneTwister
{
    /// <summary>Numbers that the state takes.</summary>
    public const int StateLength = 624;

    private const int Shift = 397;

    private readonly Span<uint> _state;
    private int _next;

    /// <param name="state">Memory of <see cref="StateLength"/> numbers.</param>
    /// <param name="seed">Any number.</param>
    public MersenneTwister(Span<uint> state, uint seed)
    {
        _state = state[..StateLength];
        for (int i = 0; i < StateLength; i++)
        {
            _state[i] = seed;
            seed = unchecked((1812433253u * (seed ^ (seed >> 30))) + (uint)i + 1);
        }

        _next = StateLength;
    }

    /// <summary>The next number of 0 to 1, without 1, in steps of 2^-53.</summary>
    public double NextDouble()
    {
        uint high = Next() >> 5;
        uint low = Next() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    private uint Next()
    {
        if (_next == StateLength)
        {
            Twist();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680u;
        y ^= (y << 15) & 0xEFC60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % StateLength] & 0x7FFFFFFFu);
            _state[i] = _state[(i + Shift) % StateLength] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DFu);
        }

        _next = 0;
    }
}
