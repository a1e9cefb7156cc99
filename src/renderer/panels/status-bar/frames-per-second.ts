import { useEffect, useState } from 'react'

const EVERY = 4_000
const SPAN = 1_000

/** Frames that the window draws in a second, sampled now and then: measuring all the time would itself cost frames. */
export function useFramesPerSecond(): number | undefined {
  const [frames, setFrames] = useState<number>()
  useEffect(() => {
    let request = 0
    const sample = () => {
      let count = 0
      const start = performance.now()
      const step = (at: number) => {
        if (at - start < SPAN) {
          count += 1
          request = requestAnimationFrame(step)
        } else setFrames(Math.round((count * 1_000) / (at - start)))
      }
      request = requestAnimationFrame(step)
    }
    sample()
    const timer = setInterval(() => {
      if (!document.hidden) sample()
    }, EVERY)
    return () => {
      clearInterval(timer)
      cancelAnimationFrame(request)
    }
  }, [])
  return frames
}
